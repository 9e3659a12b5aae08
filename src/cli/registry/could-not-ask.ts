/** Why a registry or its token service could not be asked. Its text never repeats what they answered. */
export class CouldNotAsk extends Error {}
