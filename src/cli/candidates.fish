# What the books have to offer (allocations, open commitments, months, rows) is asked of taizhang itself, which takes no
# lock and says nothing where it knows nothing.
function __taizhang_candidates
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    $program complete -- $words (commandline -ct) 2>/dev/null
end

