export type Language = "ru" | "en";

/** One sentence for a person, composed in both languages: what happened, why, what to do. */
export type Text = Readonly<Record<Language, string>>;
