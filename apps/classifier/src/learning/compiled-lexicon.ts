/** Token of the lexicon that was compiled at boot. */
export const COMPILED_LEXICON = Symbol('compiled lexicon');
