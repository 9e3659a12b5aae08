import { BLOCKS, type Block, isOutput, type Stage } from './blocks';

/** A block that shows what a command prints, of a page; counted from 0 among those that are compared in a stage. */
export function outputOf(page: string, stage: Stage, index = 0): Block {
  const block = outputsIn(stage).filter((one) => one.page === page)[index];
  if (block === undefined) throw new Error(`${page} has no such block: <!-- output: ${stage} -->`);
  return block;
}

/** The blocks that are compared in a stage. */
export function outputsIn(stage: Stage): Block[] {
  return BLOCKS.filter((block) => isOutput(block) && block.output === stage);
}

/**
 * The lines of a block that a command did not print, in their order: each must be there, and others may be between. Numbers, digests and
 * white space are no difference, and `…` stands for anything.
 *
 * @param block the block
 * @param printed what the command printed
 * @param instead what is called otherwise on the page, such as a node
 */
export function unprinted(
  { text }: Block,
  printed: string,
  instead: { readonly [printed: string]: string } = {},
): string[] {
  let renamed = printed;
  for (const [one, other] of Object.entries(instead)) {
    renamed = renamed.replaceAll(new RegExp(`(?<![\\w.-])${escaped(one)}(?![\\w-])`, 'g'), other);
  }
  let left = renamed.split('\n').map(shapeOf);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .filter((line) => {
      const shape = new RegExp(`^${shapeOf(line).split('…').map(escaped).join('.*')}$`);
      const at = left.findIndex((one) => shape.test(one));
      if (at >= 0) left = left.slice(at + 1);
      return at < 0;
    });
}

function shapeOf(line: string): string {
  return line
    .replace(/\b[0-9a-f]{12,}\b/g, '#')
    .replace(/\d+([.,]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
