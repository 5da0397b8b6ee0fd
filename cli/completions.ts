/** `bakelint completions SHELL`: scripts for shells, made of the tables of commands and options. */
import { POLICY_IDS } from '../core/policies.ts';
import type { Rule } from '../core/rule.ts';
import { COMMAND_ROWS, type CommandRow, type Shell } from './commands.ts';
import { OPTION_ROWS, type OptionRow } from './options.ts';

export function completions(shell: Shell, rules: readonly Rule[]): string {
  const names: Names = {
    rules: rules.map(({ id }) => id),
    selectable: [...rules.map(({ id }) => id), ...POLICY_IDS, ...new Set(rules.map(({ category }) => category))],
  };
  return { bash, zsh, fish }[shell](names);
}

interface Names {
  readonly rules: readonly string[];
  /** What `--select` takes. */
  readonly selectable: readonly string[];
}

const COMMANDS: readonly CommandRow[] = COMMAND_ROWS;

/** The words that an option can have; `undefined` for files and for what cannot be listed. */
function valuesOf({ values, completes }: OptionRow, names: Names): readonly string[] | undefined {
  return completes === 'rule' ? names.rules : completes === 'selectable' ? names.selectable : values;
}

function firstWords({ first }: CommandRow, { rules }: Names): readonly string[] | undefined {
  return first === 'rule' ? rules : first;
}

function bash(names: Names): string {
  const options = OPTION_ROWS.flatMap(row => {
    const values = valuesOf(row, names);
    if (values) return [`    --${row.name}) words='${values.join(' ')}' ;;`];
    if (row.completes)
      return [`    --${row.name}) files ;;`.replace('files', `files=${row.completes === 'directory' ? '-d' : '-f'}`)];
    // Nothing can be said of it.
    return row.value !== undefined && !row.optional ? [`    --${row.name}) return ;;`] : [];
  });
  const firsts = COMMANDS.flatMap(row => {
    const words = firstWords(row, names);
    return words
      ? [`      ${row.name}) if ((COMP_CWORD == 2)); then words='${words.join(' ')}'; else files=-f; fi ;;`]
      : [];
  });
  return `# Completion of bakelint in bash: source it, or put it into the directory of completions.
_bakelint() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words='' files=''
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $prev in
${options.join('\n')}
  esac
  if [[ -z $words && -z $files ]]; then
    if [[ $cur == -* ]]; then
      words='${OPTION_ROWS.map(({ name }) => `--${name}`).join(' ')}'
    elif ((COMP_CWORD == 1)); then
      words='${COMMANDS.map(({ name }) => name).join(' ')}' files=-f
    else
      case \${COMP_WORDS[1]} in
${firsts.join('\n')}
      *) files=-f ;;
      esac
    fi
  fi
  local IFS=$'\\n'
  COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$cur"))
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen "$files" -- "$cur"))
  fi
}
complete -F _bakelint bakelint
`;
}

/** Text in single quotes of zsh or fish, as one of the parts of an \`_arguments\` specification. */
const quoted = (text: string): string => text.replaceAll("'", "'\\''");
const specified = (text: string): string => quoted(text.replace(/[\\[\]:]/g, '\\$&'));

function zsh(names: Names): string {
  const options = OPTION_ROWS.map(row => {
    const values = valuesOf(row, names);
    const action = values
      ? `(${values.join(' ')})`
      : row.completes === 'directory'
        ? '_files -/'
        : row.completes
          ? '_files'
          : ' ';
    const value = row.value === undefined ? '' : `:${specified(row.value)}:${action}`;
    const sign = row.value === undefined ? '' : row.optional ? '=-' : '=';
    return `    '${row.repeats ? '*' : ''}--${row.name}${sign}[${specified(row.help)}]${value === '' ? '' : row.optional ? `:${value}` : value}'`;
  });
  const firsts = COMMANDS.flatMap(row => {
    const words = firstWords(row, names);
    return words
      ? [`    ${row.name}) if ((CURRENT == 3)); then compadd -- ${words.join(' ')}; else _files; fi ;;`]
      : [];
  });
  return `#compdef bakelint
# Completion of bakelint in zsh: put it into a directory of $fpath as _bakelint.
_bakelint_words() {
  local -a commands=(
${COMMANDS.map(({ name, help }) => `    '${name}:${quoted(help)}'`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _files
    return
  fi
  case $words[2] in
${firsts.join('\n')}
    *) _files ;;
  esac
}
_bakelint() {
  _arguments \\
${options.join(' \\\n')} \\
    '*: :_bakelint_words'
}
if [ "$funcstack[1]" = _bakelint ]; then _bakelint "$@"; else compdef _bakelint bakelint; fi
`;
}

function fish(names: Names): string {
  const options = OPTION_ROWS.map(row => {
    const values = valuesOf(row, names);
    const takes =
      row.value === undefined || row.optional
        ? ''
        : values
          ? ` -x -a '${values.join(' ')}'`
          : row.completes === 'directory'
            ? " -x -a '(__fish_complete_directories)'"
            : row.completes
              ? ' -r -F'
              : ' -x';
    return `complete -c bakelint -l ${row.name}${row.name === 'help' ? ' -s h' : ''}${takes} -d '${fished(row.help)}'`;
  });
  const first = 'test (count (commandline -opc)) -eq 1';
  const commands = COMMANDS.flatMap(row => {
    const words = firstWords(row, names);
    return [
      `complete -c bakelint -n '${first}' -a ${row.name} -d '${fished(row.help)}'`,
      ...(words
        ? [`complete -c bakelint -n '__fish_seen_subcommand_from ${row.name}' -x -a '${words.join(' ')}'`]
        : []),
    ];
  });
  return `# Completion of bakelint in fish: put it into ~/.config/fish/completions/bakelint.fish.\n${[...commands, ...options].join('\n')}\n`;
}

const fished = (text: string): string => text.replace(/[\\']/g, '\\$&');
