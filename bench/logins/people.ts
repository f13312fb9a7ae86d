export const PEOPLE = 50;
export const PASSWORD = "correct-horse-Battery-9";

export const personEmail = (index: number): string => `person${index % PEOPLE}@example.com`;
