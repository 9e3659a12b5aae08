/** Why a registry or its token service could not be asked. Its text never repeats an answer. */
export class CouldNotAsk extends Error {}
