# fish completion of tiltmeter.

function __tiltmeter_complete
    set -l words (commandline -opc)
    set -l word (string replace -r '^["\']' '' -- (commandline -ct))
    command tiltmeter complete fish -- $words[2..-1] "$word" 2>/dev/null | while read -l line
        switch $line
            case \tfiles
                __fish_complete_path "$word"
            case \tfolders
                __fish_complete_directories "$word"
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c tiltmeter -e
complete -c tiltmeter -f -k -a '(__tiltmeter_complete)'
