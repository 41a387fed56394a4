import { Refused } from "./api.js";

/** All that the page knows. */
export const state = {
  feed: { is: "connecting", since: Date.now(), retryAt: 0 },
  list: { items: [], next: null, shownIds: [], held: 0, is: "loading", fault: undefined },
  chosen: { id: "", data: undefined, is: "loading", fault: undefined },
  /** Whether anything was ever read. */
  isRead: false,
  /** No token was asked for: this is the demo. */
  isDemo: false,
  revealed: new Map(),
  /** What providers are called, by their ids. */
  names: new Map(),
  drawer: { name: "", items: [], is: "loading", fault: undefined },
  wasTokenTried: false,
};

export const faultOf = (error) => (error instanceof Refused ? error : new Refused("failed"));

/** Remembers why a part of the page has nothing to show. */
export function refuse(place, error) {
  place.fault = faultOf(error);
  place.is = place.fault.why === "token" ? "token" : "failed";
}

/** Puts the last changed first. `isHeld`: those that are shown keep their places, new ones are counted only. */
export function arrange(list, isHeld) {
  const wanted = list.items.map((item) => item.id);
  if (!isHeld || list.shownIds.length === 0) {
    list.shownIds = wanted;
    list.held = 0;
    return;
  }
  const shown = new Set(list.shownIds);
  list.held = wanted.filter((id) => !shown.has(id)).length;
}
