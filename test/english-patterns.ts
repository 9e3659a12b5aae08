/** A habit of writing that hides who does what. */
export interface Pattern {
  readonly name: string;
  readonly match: RegExp;
  /** What to write in its place. */
  readonly better: string;
}

const BE = '(?:is|are|was|were)';
/** Verbs by which a clause that begins with "what" or "who" is seen to be the subject of another one. */
const VERB =
  /\b(?:is|are|was|were|has|have|had|may|can|must|will|would|should|does|do|did|gets?|goes|go|comes?|costs?|counts?|decides?|fails?|finds?|gives?|gave|holds?|keeps?|knows?|learns?|loses?|lost|makes?|means?|needs?|opens?|owns?|pulls?|pushes|reaches|reads?|runs?|says?|sees?|sends?|serves?|shows?|stays?|stops?|takes?|tells?|uses?|waits?|wants?|works?|writes?|wrote)\b/g;
/** An auxiliary makes one verb with the verb behind it. */
const AUXILIARY = /\b(may|can|must|will|would|should|does|do|did|to)(?: not)? [a-z]+/g;
const SUBORDINATE = new RegExp(
  `\\b(?:who|which|that|what|where|when|whether|while|if|as|because|before|after|until|(?:and|or|nor|but)(?= (?:not )?${VERB.source}))\\b`,
  'g',
);

/** Whether a sentence has a clause as its subject, as in "What no peer has comes from the origin." */
export function hasClauseAsSubject(sentence: string): boolean {
  if (!/^(?:What|Who|Whom) (?!to\b)/.test(sentence) || /[?:]$/.test(sentence)) return false;
  const [, ...rest] = sentence.split(' ');
  const text = rest.join(' ').replace(AUXILIARY, '$1');
  const verbs = text.match(VERB)?.length ?? 0;
  const subordinates = text.match(SUBORDINATE)?.length ?? 0;
  return verbs - subordinates > 1;
}

export const PATTERNS: Pattern[] = [
  {
    name: 'is wanted',
    match: new RegExp(`\\b(?:${BE}|be) (?:not )?wanted\\b`, 'g'),
    better: 'say who expects what: "expected a duration such as 720h", "put the key under ..."',
  },
  {
    name: 'that is there',
    match: new RegExp(
      `\\b(?:(?:that|which|what|who) ${BE} (?:already )?there\\b(?! (?:is|are)\\b)|${BE} there already\\b|${BE} not there\\b|${BE} there(?=[.,;:)]|$))`,
      'gi',
    ),
    better: 'use "existing", "exists", or say where it is and who made it',
  },
  {
    name: 'is to',
    match: new RegExp(
      `(?<!\\b(?:step|way|aim|point|goal|task|purpose|idea|remedy|choice|alternative|work|rule|job)s? )\\b${BE} (?:not )?to (?!(?:[0-9]|the |a |an |each |that |this |no |one ))[a-z]+`,
      'g',
    ),
    better: 'use "must", "should", "will", or an order: "Put the key under ..."',
  },
  {
    name: 'whoever',
    match: /\bwho(?:m|se)?ever\b/gi,
    better: 'name the person or program: "anybody who", "a caller that"',
  },
  {
    name: 'is told, is said',
    match: new RegExp(`\\b(?:${BE}|be|been) (?:not )?(?:told|said)\\b(?! apart)`, 'g'),
    better: 'say who reports what: "synth reports every mistake"',
  },
  {
    name: 'must not hold',
    match: /\b(?:must|may|should|can) not hold\b/g,
    better: 'use "contain": "must not contain a colon"',
  },
  {
    name: 'a bare "that" or "those"',
    match:
      /\b(?:(?:not|than|of|for|by|with|from|do|does|say|says|know|knows|all|to|on|at|of just) that(?=[.,;:)])|that of (?=(?:a|an|the|its|your|another|each|one)\b)|those (?=(?:of|that|who|whose|which|in|for|with|from|where|behind|below|beside)\b)|those(?=[.,;:)]))/gi,
    better: 'repeat the noun: "availability", "the other node\'s", "tokens that"',
  },
  {
    name: 'counts',
    match:
      /(?<!\b(?:the|its|their|our|proxy's|agent's|Envoy's|of|own|and) )(?<![.])\bcounts(?=(?: (?:for|as|from|too|again|here|there|neither|until|towards|then)\b)|[.,;:)]|$)|\b(?:ones|they|tokens|names|pulls|failures|people|keys) count(?=(?: (?:for|as|until|towards|too)\b)|[.,;:)]|$)/g,
    better: 'say what happens: "is used", "applies", "wins", "uses one of the plan\'s places"',
  },
  {
    name: 'comes due',
    match: /\b(?:come|comes|came|coming) due\b/g,
    better: 'name the event: "ends", "expires", "the deadlines ahead"',
  },
  {
    name: 'is none',
    match: new RegExp(`(?<!\\bthere )\\b${BE} none\\b(?! of)`, 'gi'),
    better: 'use "is no ..." with the noun, or "is not a ..."',
  },
];

/** The habit that takes more than an expression to find. */
export const CLAUSE = {
  name: 'a clause as subject (what ..., who ...)',
  better: 'begin with the person or thing: "The node pulls missing layers from the origin"',
};
