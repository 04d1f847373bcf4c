# Completes 'gan' in PowerShell: gan completion pwsh | Out-String | Invoke-Expression, in $PROFILE.
Register-ArgumentCompleter -Native -CommandName gan -ScriptBlock {
    param($word, $line, $position)
    $text = "$line".PadRight($position)
    gan "[suggest:$position]" $text 2> $null | Where-Object { $_ -notlike '/*' -and $_ -like "$word*" -and ($word -like '-*' -or $_ -notlike '-*') } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
