/** The REST API as this page uses it. The token stays in this tab. */

const base = "/api/v1/main";
const place = "concierge-token";

export const readToken = () => sessionStorage.getItem(place) ?? "";
export const keepToken = (token) => sessionStorage.setItem(place, token);

/** What a request came to when it was not answered as it should be. `why`: token, forbidden, missing, away, failed. */
export class Refused extends Error {
  constructor(why, problem = {}) {
    super(problem.detail ?? why);
    this.why = why;
    this.requestId = problem.requestId;
  }
}

const reasons = {
  401: "token",
  403: "forbidden",
  404: "missing",
  502: "away",
  503: "away",
  504: "away",
};

export async function request(path, { method = "GET", headers = {}, signal } = {}) {
  const token = readToken();
  const answer = await fetch(`${base}${path}`, {
    method,
    signal,
    headers: {
      accept: "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    cache: "no-store",
    referrerPolicy: "no-referrer",
  }).catch(() => {
    throw new Refused("away");
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(reasons[answer.status] ?? "failed", problem);
}

export const read = async (path) => await (await request(path)).json();

export const reveal = async (codeId) =>
  await (await request(`/codes/${encodeURIComponent(codeId)}/reveal`, { method: "POST" })).json();
