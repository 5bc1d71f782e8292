import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Workplace } from "~/domain/person";
import classes from "./BottomBar.module.css";
import { NAVIGATION } from "./navigation";
import { navigationWord } from "./navigationWord";

/** The portal's navigation under the thumb. */
export function BottomBar({ workplace }: { workplace: Workplace }) {
  const { t } = useTranslation("frame");
  return (
    <nav className={classes.bar} aria-label={t("bottom_bar")}>
      {NAVIGATION[workplace].flat().map((entry) => (
        <Link
          key={entry.name}
          to={entry.to}
          activeOptions={{ exact: entry.to === "/", includeSearch: false }}
          className={classes.link}
        >
          <entry.icon size={20} stroke={1.75} aria-hidden />
          <Text span fz={11} truncate maw="100%">
            {navigationWord(t, entry.name)}
          </Text>
        </Link>
      ))}
    </nav>
  );
}
