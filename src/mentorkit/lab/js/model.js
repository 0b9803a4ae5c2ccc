// What the other rooms see of the model; a page loads it as a file of its own, and so may a worker.

import {ITEMS, observe} from "./model/evidence.js";
import {drawLuck, drawTraits, makeLuck} from "./model/luck.js";
import {loudestBy, outcomeAt, progressOf} from "./model/outcome.js";
import {makeOutcomes} from "./model/outcomes.js";
import {pairs} from "./model/pairs.js";
import {keyOf} from "./model/philox.js";
import {run} from "./model/run.js";
import {leversAt, signedUp, sizeOf, timelineOf} from "./model/setup.js";
import {begin} from "./model/state.js";
import {makeRoom, step} from "./model/step.js";

export {begin, drawLuck, drawTraits, ITEMS, keyOf, leversAt, loudestBy, makeLuck, makeOutcomes, makeRoom, observe, outcomeAt, pairs, progressOf, run, signedUp, sizeOf, step, timelineOf};
