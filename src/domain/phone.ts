/** A telephone number in E.164 form with its plus: `+79001234567`. */
export type Phone = string & { readonly brand: "Phone" };
