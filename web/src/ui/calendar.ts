import "dayjs/locale/pl";
import "dayjs/locale/ru";
import { useContext } from "react";
import { FormatContext } from "./format-context";

/** How calendars speak: the person's language, weeks from Monday. */
export function useCalendar(): { locale: string; firstDayOfWeek: 1 } {
  const { language } = useContext(FormatContext);
  return { locale: language, firstDayOfWeek: 1 };
}
