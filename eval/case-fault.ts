// A case that proves nothing as it is: its sources, its hidden check or its replies do not fit together.
export class CaseFault extends Error {}
