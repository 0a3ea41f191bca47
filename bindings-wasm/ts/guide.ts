import type { Hooks } from "./settings.js";
import type { Wrap } from "./sdk.js";

/** What `callWithRetry` takes beside the request: the names of code that was written after the troubleshooting guide. */
export interface GuideOptions extends Hooks {
  /**
   * Sends in total, the first included: the policy's `maxAttempts`.
   *
   * @defaultValue 6
   */
  maxRetries?: number | undefined;
  /**
   * Milliseconds, the policy's `initialDelay`.
   *
   * @defaultValue 1000
   */
  baseDelay?: number | undefined;
  /**
   * Milliseconds, the longest backoff.
   *
   * @defaultValue 60000
   */
  maxDelay?: number | undefined;
  /** The SDK's own options of the request, such as `headers` or `timeout`. */
  request?: object | undefined;
}

/** A client of `@anthropic-ai/sdk`. */
export interface MessagesClient<Params, Result> {
  messages: { create(params: Params, options?: never): PromiseLike<Result> };
}

/** A client of `openai`. */
export interface ChatClient<Params, Result> {
  chat: { completions: { create(params: Params, options?: never): PromiseLike<Result> } };
}

/** A stream where the request asks for one, else the whole answer. */
export type Answered<Params, Result> = Params extends { stream: true }
  ? Extract<Result, AsyncIterable<unknown>>
  : Exclude<Result, AsyncIterable<unknown>>;

/** `callWithRetry`, as {@link createHoldoff} makes it. */
export interface CallWithRetry {
  /** Calls `client.messages.create(params)` under a policy. */
  <Params, Result, const Given extends Params>(
    client: MessagesClient<Params, Result>,
    params: Given,
    options?: GuideOptions,
  ): Promise<Answered<Given, Result>>;
  /** Calls `client.chat.completions.create(params)` under a policy. */
  <Params, Result, const Given extends Params>(
    client: ChatClient<Params, Result>,
    params: Given,
    options?: GuideOptions,
  ): Promise<Answered<Given, Result>>;
}

type Create = (params: unknown, options?: object) => Promise<unknown>;

/** `callWithRetry` over `wrap`. */
export function makeCallWithRetry(wrap: Wrap): CallWithRetry {
  const call = async (client: object, params: unknown, options: GuideOptions = {}): Promise<unknown> => {
    const { maxRetries, baseDelay, maxDelay, request, ...hooks } = options;
    const wrapped = wrap(client, { ...hooks, maxAttempts: maxRetries, initialDelay: baseDelay, maxDelay }) as {
      messages?: { create: Create };
      chat?: { completions: { create: Create } };
    };
    const place = wrapped.messages ?? wrapped.chat?.completions;
    if (place === undefined) throw new TypeError("`client` has neither `messages` nor `chat.completions`");
    return place.create(params, request);
  };
  return call as unknown as CallWithRetry;
}
