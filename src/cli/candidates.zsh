# What the books have to offer (allocations, open commitments, months, rows) is asked of taizhang itself, which takes no
# lock and says nothing where it knows nothing. Everything else is as below.
_taizhang_candidates() {
    local line
    local -a found
    for line in "${(@f)$("${(Q)${~words[1]}}" complete -- "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}"; do
        [[ -n $line ]] && found+=("${line/$'\t'/:}")
    done
    (( ${#found} )) || return 1
    _describe -V 'taizhang' found -U
}
