import fc from 'fast-check';

// Every run looks at the same documents, so that a red run is about the change at hand. `FC_SEED=$RANDOM npm test` looks
// at others; what it finds becomes a case of its own.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261121) });
