# Says where six lines of code or more stand that stand in another place, too: awk -f scripts/duplicates.awk FILES. Blank lines, usings, comments and brackets
# do not count.
FNR == 1 { count = 0 }
{
    line = $0
    gsub(/^[ \t]+|[ \t\r]+$/, "", line)
    if (line ~ /^(using [^=(]*;|namespace .*|\/\/.*|[][{}();,]*)$/) next
    text[++count] = line
    place[count] = FNR
    if (count < 6) next
    six = ""
    for (i = count - 5; i <= count; i++) six = six "\n" text[i]
    if (!(six in first)) first[six] = FILENAME ":" place[count - 5]
    else {
        if (!(FILENAME == last_file && count == last_count + 1)) print FILENAME ":" place[count - 5] ": as " first[six] # the rest goes on from it
        last_file = FILENAME
        last_count = count
    }
}
