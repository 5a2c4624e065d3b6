#!/bin/sh
# SPDX-License-Identifier: MIT
# Completion for a shell, made from what the command says of its verbs and options.
# Usage: completion.sh COMMAND bash|zsh|fish
set -eu
export LC_ALL=C

baton=$1
shell=$2

# Lines "verb<TAB>what it is for", and "verb<TAB>--name<TAB>-x<TAB>ARG<TAB>text".
list_verbs() {
	"$baton" --help | sed -n 's/^  \([a-z][a-z]*\)  *\(.*\)/\1 \2/p' |
		while read -r verb rest; do
			case $rest in
			[A-Z]*' '*) rest=$(echo "$rest" | sed 's/^[A-Z][^a-z]*  *//') ;;
			esac
			printf '%s\t%s\n' "$verb" "$rest"
		done
}

list_options() {
	list_verbs | while read -r verb _; do
		"$baton" options "$verb" | sed "s/^/$verb	/"
		[ "$verb" != bisect ] || "$baton" options bisect git | sed "s/^/$verb	/"
	done | awk -F '\t' '!seen[$1, $2, $3]++'
}

# The words of a text that is a list of them: "auto, always or never".
words='function words(text,    parts, count, i, list) {
	sub(/.*: /, "", text)
	count = split(text, parts, /, | or /)
	for (i = 1; i <= count; i++) {
		sub(/[ [(].*/, "", parts[i])
		if (parts[i] !~ /^[a-z]+$/)
			return ""
		list = list (i > 1 ? " " : "") parts[i]
	}
	return count > 1 ? list : ""
}
function is_list(arg) {
	return arg ~ /^(WORD|WHEN|KIND|FORMAT)/
}'

bash_completion() {
	cat <<-'END'
		# Made from the options of the command: edit packaging/completion/completion.sh.
		_baton()
		{
			local cur=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]}
			local verb=${COMP_WORDS[1]} words='' option
			local IFS=$' \t\n'

			# "--color=a" is three words: the shell breaks them at the '='.
			if [[ $cur == '=' ]]; then
				option=$last cur=''
			elif [[ $last == '=' ]]; then
				option=${COMP_WORDS[COMP_CWORD-2]}
			else
				option=$last
			fi
			if ((COMP_CWORD == 1)); then
	END
	printf "\t\twords='%s'\n" "$(list_verbs | cut -f 1 | tr '\n' ' ')--help --version"
	cat <<-'END'
				COMPREPLY=($(compgen -W "$words" -- "$cur"))
				return
			fi
			case $verb:$option in
	END
	list_options | awk -F '\t' "$words"'
		$4 == "-" || $4 ~ /^\[/ { next }
		{
			name = $2 == "-" ? $3 : $2
			if (is_list($4) && words($5) != "")
				print "\t" $1 ":" name ") words=\x27" words($5) "\x27 ;;"
			else if ($4 ~ /FILE/ || $4 == "DIR")
				print "\t" $1 ":" name ") COMPREPLY=($(compgen -" \
					($4 == "DIR" ? "d" : "f") " -- \"$cur\")); return ;;"
			else
				print "\t" $1 ":" name ") return ;;"
		}'
	cat <<-'END'
			esac
			if [[ -z $words && $cur == -* ]]; then
				case $verb in
	END
	list_options | awk -F '\t' '
		!($1 in options) { order[++count] = $1 }
		$2 != "-" { options[$1] = options[$1] " " $2 }
		$3 != "-" { options[$1] = options[$1] " " $3 }
		END {
			for (i = 1; i <= count; i++)
				print "\t\t" order[i] ") words=\x27" substr(options[order[i]], 2) \
					" --help\x27 ;;"
		}'
	cat <<-'END'
				esac
			fi
			if [[ -n $words ]]; then
				COMPREPLY=($(compgen -W "$words" -- "$cur"))
			elif [[ $verb == bisect && $COMP_CWORD -eq 2 ]]; then
				COMPREPLY=($(compgen -W 'variants patches git' -- "$cur"))
			else
				COMPREPLY=($(compgen -f -- "$cur"))
			fi
		}
		complete -o filenames -o bashdefault -F _baton baton
	END
}

zsh_completion() {
	cat <<-'END'
		#compdef baton
		# Made from the options of the command: edit packaging/completion/completion.sh.
		_baton() {
			local -a verbs
			local state line
			verbs=(
	END
	list_verbs | sed "s/'/'\\\\''/g; s/:/\\\\:/g" |
		awk -F '\t' '{ print "\t\t\x27" $1 ":" $2 "\x27" }'
	cat <<-'END'
			)
			_arguments -C '1:verb:->verb' '*::argument:->argument'
			case $state in
			verb) _describe -t verbs verb verbs ;;
			argument)
				case $line[1] in
	END
	list_options | sed "s/'/'\\\\''/g" | awk -F '\t' "$words"'
		$1 != verb {
			if (verb != "")
				print "\t\t\t\t\x27*:file:_files\x27 ;;"
			verb = $1
			print "\t\t" verb ") _arguments \\"
		}
		{
			text = $5
			gsub(/\[/, "\\[", text)
			gsub(/\]/, "\\]", text)
			gsub(/:/, "\\:", text)
			arg = $4
			optional = arg ~ /^\[/
			gsub(/\[|\]/, "", arg)
			gsub(/:/, "\\:", arg)
			action = is_list($4) && words($5) != "" ? "(" words($5) ")" : \
				$4 ~ /FILE/ ? "_files" : $4 == "DIR" ? "_files -/" : " "
			for (i = 2; i <= 3; i++) {
				if ($i == "-")
					continue
				spec = $i (arg == "-" ? "" : i == 2 ? (optional ? "=-" : "=") : "+")
				tail = arg == "-" ? "" : (optional ? "::" : ":") arg ":" action
				print "\t\t\t\t\x27*" spec "[" text "]" tail "\x27 \\"
			}
		}
		END { print "\t\t\t\t\x27*:file:_files\x27 ;;" }'
	cat <<-'END'
				esac ;;
			esac
		}
		_baton "$@"
	END
}

fish_completion() {
	echo '# Made from the options of the command: edit packaging/completion/completion.sh.'
	list_verbs | sed "s/'/\\\\'/g" | awk -F '\t' '{
		print "complete -c baton -n __fish_use_subcommand -f -a " $1 " -d \x27" $2 "\x27"
	}'
	list_options | sed "s/'/\\\\'/g" | awk -F '\t' "$words"'{
		line = "complete -c baton -n \x27__fish_seen_subcommand_from " $1 "\x27"
		if ($2 != "-")
			line = line " -l " substr($2, 3)
		if ($3 != "-")
			line = line " -s " substr($3, 2)
		if (is_list($4) && words($5) != "")
			line = line " -x -a \x27" words($5) "\x27"
		else if ($4 ~ /FILE/ || $4 == "DIR")
			line = line " -r"
		else if ($4 != "-" && $4 !~ /^\[/)
			line = line " -x"
		print line " -d \x27" $5 "\x27"
	}'
}

case $shell in
bash | zsh | fish) "${shell}_completion" ;;
*) exit 2 ;;
esac
