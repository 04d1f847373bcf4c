# Completes 'gan' in fish: save it as ~/.config/fish/completions/gan.fish.
function __gan_suggest
    set -l line gan (commandline -opc)[2..] (commandline -ct)
    set -l text (string join -- ' ' $line)
    gan "[suggest:"(string length -- "$text")"]" "$text" 2>/dev/null | string match -v -r '^/'
end
complete -c gan -a '(__gan_suggest)'
