# Completes 'gan' in bash: eval "$(gan completion bash)" in ~/.bashrc.
_gan() {
    local typed=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} found IFS=$'\n'
    found=$("${typed/#\~/$HOME}" "[suggest:$((COMP_POINT - ${#typed} + 3))]" "gan${COMP_LINE:${#typed}}" 2> /dev/null)
    case $word in
        -*) found=$(grep '^-' <<< "$found") ;;
        *) found=$(grep -v '^[-/]' <<< "$found") ;;
    esac
    COMPREPLY=($(compgen -W "$found" -- "$word"))
}
complete -o bashdefault -o default -F _gan gan
