# PowerShell completion of tiltmeter.

Register-ArgumentCompleter -Native -CommandName 'tiltmeter' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What stands before the word, without quotes. Nothing of it is expanded.
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    $word = ($wordToComplete -replace "^['""]", '') -replace "['""]$", ''

    $before = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $program = (Get-Command -Name 'tiltmeter' -CommandType Application -ErrorAction Stop)[0]
        $lines = @(& $program complete powershell -- @words ".$word" 2>$null)
    } catch {
        return
    } finally {
        [Console]::OutputEncoding = $before
    }

    foreach ($line in $lines) {
        if ($line -eq "`tfiles" -or $line -eq "`tfolders") {
            return [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
        }
        $text, $about = $line -split "`t", 2
        if (-not $about) { $about = $text }
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
    }
}
