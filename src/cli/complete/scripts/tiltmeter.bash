# bash completion of tiltmeter.

_tiltmeter() {
    local answer
    COMPREPLY=()
    while IFS= read -r answer; do
        case $answer in
            $'\tfiles') COMPREPLY=() && compopt -o filenames -o default +o nospace 2>/dev/null && return ;;
            $'\tfolders') COMPREPLY=() && compopt -o filenames -o dirnames +o nospace 2>/dev/null && return ;;
            *) COMPREPLY+=("$answer") ;;
        esac
    done < <(command tiltmeter complete bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}

# Older ones sort what they are given.
complete -o nospace -o nosort -F _tiltmeter tiltmeter 2>/dev/null || complete -o nospace -F _tiltmeter tiltmeter
