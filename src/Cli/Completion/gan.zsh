#compdef gan
# Completes 'gan' in zsh: save it as _gan in a folder of $fpath, or: source <(gan completion zsh) after compinit.
_gan() {
    local word=${words[CURRENT]} line="gan ${(j: :)words[2,CURRENT]}"
    local -a found
    found=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2> /dev/null)}")
    if [[ $word == -* ]]; then found=(${(M)found:#-*}); else found=(${found:#[-/]*}); fi
    compadd -a found || _files
}
if [[ $funcstack[1] == _gan ]]; then _gan "$@"; else compdef _gan gan; fi
