# Elvish completion of tiltmeter.

use str

set edit:completion:arg-completer[tiltmeter] = {|@words|
    e:tiltmeter complete elvish -- (all $words[1..]) 2>/dev/null | from-lines | each {|line|
        if (==s $line "\tfiles") {
            edit:complete-filename $words[-1]
        } elif (==s $line "\tfolders") {
            edit:complete-filename $words[-1]
        } else {
            var text about = (str:split "\t" $line)
            var shown = $text
            if (not-eq $about '') { set shown = $text'  -- '$about }
            edit:complex-candidate $text &display=$shown &code-suffix=' '
        }
    }
}
