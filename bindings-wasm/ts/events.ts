import type { Failure } from "./failure.js";
import type { Source, StopReason } from "./names.js";

interface Step {
  /** Sends so far, the first included. */
  readonly attempt: number;
  /** What the last attempt failed of. */
  readonly failure: Failure;
  /** Milliseconds since the first send. */
  readonly elapsed: number;
}

/**
 * One step of a call, as `onEvent` gets it: `"wait"` before a wait, `"stop"` when the call ends by an error, `"success"`
 * when it succeeds after at least one failure. A call that succeeds at once has no event.
 */
export type Event =
  | (Step & {
      readonly type: "wait";
      /** Milliseconds of the wait that follows. */
      readonly delay: number;
      /** Where the delay comes from. */
      readonly source: Source;
    })
  | (Step & {
      readonly type: "stop";
      /** Why the call ends. */
      readonly reason: StopReason;
      /** When sending again makes sense, in unix milliseconds. */
      readonly retryAt: number | undefined;
    })
  | (Step & { readonly type: "success" });

/**
 * What the caller says about a failure: `undefined` leaves the decision to the policy, `false` stops, `true` sends again,
 * a number sends again after that many milliseconds. It does not overrule `maxAttempts` or a deadline.
 */
export type Verdict = boolean | number | undefined;
