import { createContext } from "react";

/** What the person reads in: language of the words, zone of the workspace, decimals of units that no standard names. */
export interface FormatSettings {
  language: string;
  timezone: string;
  /** Decimals of the workspace's own units, by code. Known ones need not be listed. */
  unitDigits?: Readonly<Record<string, number>>;
}

export const FormatContext = createContext<FormatSettings>({ language: "en", timezone: "UTC" });
