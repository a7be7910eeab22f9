# Makes the word lists that are given as files, NAME.txt, into C: an array each, and the table of them all.
# An entry is a line of letters, digits, spaces and - ' , . / ? *; "#" begins a comment, at the end of a line too.

BEGIN {
    print "/* Made by core/words/compile.awk. */"
    print "#include \"lexicon_words.h\""
    print ""
    print "#include <stddef.h>"
}

FNR == 1 {
    if (name)
        print "    NULL,\n};"
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.txt$/, "", name)
    names[++n] = name
    symbols[n] = "list_" name
    gsub(/-/, "_", symbols[n])
    print "\nstatic const char *const " symbols[n] "[] = {"
}

{
    sub(/#.*/, "")
    gsub(/^[ \t]+|[ \t\r]+$/, "")
}

/[^-a-z0-9 ',.\/?*]/ {
    print FILENAME ":" FNR ": expected a word or a phrase in small letters, saw " $0 > "/dev/stderr"
    failed = 1
    exit 1
}

/./ { print "    \"" $0 "\"," }

END {
    if (failed)
        exit 1
    print "    NULL,\n};\n\nconst struct word_source word_sources[] = {"
    for (i = 1; i <= n; i++)
        print "    { \"" names[i] "\", " symbols[i] " },"
    print "    { NULL, NULL },\n};\n\nconst char *const word_source_names[] = {"
    for (i = 1; i <= n; i++)
        print "    \"" names[i] "\","
    print "    NULL,\n};"
}
