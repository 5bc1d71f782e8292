import { DatesProvider } from "@mantine/dates";
import "dayjs/locale/pl";
import "dayjs/locale/ru";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

const MONDAY = 1;

/** Calendars in the person's language; weeks begin on Monday. */
export function DatesLanguage({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: MONDAY }}>{children}</DatesProvider>
  );
}
