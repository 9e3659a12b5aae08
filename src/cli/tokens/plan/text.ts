import { counted } from '../../../settings/counted';
import type { Plan, PlanQuota, PlanStep, TokenPlan } from './types';

/** Widest line of prose; commands are as long as they are. */
const WIDTH = 120;

/**
 * A plan for people.
 *
 * @param plan the plan
 * @param folder where to type its commands, unless where the user is
 */
export function planText({ cluster, today, quotas, tokens }: Plan, folder?: string): string[] {
  const where = folder === undefined ? '' : `, in ${folder}`;
  const head = `Rotation of the tokens of the cluster ${cluster}, as of ${today}. Commands are for bash and zsh${where}.`;
  return [head, ...quotas.map(quotaLine), ...tokens.flatMap((token) => ['', ...tokenLines(token)])];
}

function quotaLine({ organization, registry, now, replacedAtOnce, peak, limit, fits }: PlanQuota): string {
  const replaced = `${replacedAtOnce} ${replacedAtOnce === 1 ? 'is' : 'are'} replaced`;
  const whose = `${organization} at ${registry}: ${counted(now, 'token')} now, ${peak} while ${replaced}`;
  if (limit === undefined) return `${whose}; how many it may have is not in stack.yaml (quota)`;
  const room = fits ? `room for ${limit - peak} more` : `${peak - limit} TOO MANY: they do not fit`;
  return `${whose}, of ${limit}: ${room}`;
}

function tokenLines(token: TokenPlan): string[] {
  return [
    `${token.purpose} (${token.owner}): ${stateText(token)}`,
    ...wrapped(token.notes.join(' '), 2),
    ...token.steps.flatMap(stepLines),
  ];
}

function stateText({ state, due, daysOver }: TokenPlan): string {
  switch (state) {
    case 'overdue':
      return `OVERDUE since ${due}, ${counted(daysOver ?? 0, 'day')}`;
    case 'running':
      return due === undefined
        ? 'both are in use; since when is not known'
        : `both are in use; the old one ends on ${due}`;
    case 'due':
      return `due on ${due}: begin now`;
    case 'later':
      return `on ${due}`;
    case 'unplanned':
      return 'not planned';
    case 'provided':
      return 'nothing to do';
  }
}

function stepLines({ step, name, day = 'no date', until, who, what, commands }: PlanStep): string[] {
  const when = until === undefined ? day : `${day} to ${until}`;
  return [
    `  ${step} ${name.padEnd(9)}  ${when}  ${who}`,
    ...what.flatMap((sentence) => wrapped(sentence, 4)),
    ...commands.flatMap(commandLines),
  ];
}

function commandLines(command: string): string[] {
  return command.split('\n').map((line, index) => `    ${index === 0 ? '$ ' : '  '}${line}`);
}

/** A text on lines that are narrow enough, unless a word alone is too long. */
function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.filter((line) => line !== '').map((line) => ' '.repeat(indent) + line);
}
