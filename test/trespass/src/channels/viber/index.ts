export const viber = 1;
