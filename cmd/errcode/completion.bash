# The script below calls two functions of the package bash-completion where that is
# loaded in part or not at all. These take their place.

# __errcode_words sets cur, prev, words and cword to what stands before the cursor.
# Only a blank ends a word, though bash ends one at "=" and ":" too. A redirection is
# left out: the words are run to complete them, and its file would be overwritten.
# The function fails where the cursor is in one; then bash completes the file's name.
__errcode_words()
{
    local redirection='^[0-9&]*[<>]' rest=$COMP_LINE named='' beyond i word apart
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        apart=''
        if ((i == 0)) || [[ $rest == [[:blank:]]* ]]; then
            apart=yes
        fi
        rest=${rest#*"$word"}
        if [[ -n $named || $word =~ $redirection ]]; then
            ((i < COMP_CWORD)) || return 1
            if [[ -z $named && -z ${word//[0-9<>&|]/} ]]; then
                named=next # is the file
            else
                named=''
            fi
            continue
        fi
        if [[ -n $apart ]]; then
            words+=("$word")
        else
            words[${#words[@]}-1]+=$word
        fi
    done
    cword=$((${#words[@]} - 1))
    cur=${words[cword]}
    beyond=$((${#COMP_LINE} - ${#rest} - COMP_POINT))
    if ((beyond > 0)); then
        cur=${cur:0:${#cur}-beyond}
        words[cword]=$cur
    fi
    prev=''
    if ((cword > 0)); then
        prev=${words[cword-1]}
    fi
}

# __errcode_filedir completes folders for "-d". Files bash completes by itself.
__errcode_filedir()
{
    if declare -F _filedir >/dev/null; then # which may be loaded after this script
        _filedir "$@"
    elif [[ ${1-} == -d ]] && type compopt >/dev/null 2>&1; then
        compopt -o dirnames
    fi
}

