# What the books have to offer (allocations, open commitments, months, rows) is asked of taizhang itself, which takes no
# lock and says nothing where it knows nothing. Everything else is as above.
_taizhang_candidates() {
    local value note widest=0 at
    local -a values=() notes=()
    while IFS=$'\t' read -r value note; do
        values+=("$value") notes+=("$note")
        ((${#value} > widest)) && widest=${#value}
    done < <("${1/#\~\//$HOME/}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$2" 2>/dev/null)
    if ((${#values[@]} == 0)); then
        _taizhang "$@"
        return
    fi
    COMPREPLY=("${values[@]}")
    # While the candidates are only listed, there is room to say what each of them is.
    if ((${#values[@]} > 1)) && [[ $COMP_TYPE == 33 || $COMP_TYPE == 63 || $COMP_TYPE == 64 ]]; then
        for at in "${!values[@]}"; do
            [[ ${notes[at]} ]] && printf -v "COMPREPLY[at]" "%-${widest}s  %s" "${values[at]}" "${notes[at]}"
        done
    fi
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _taizhang_candidates -o nosort -o bashdefault -o default taizhang
else
    complete -F _taizhang_candidates -o bashdefault -o default taizhang
fi
