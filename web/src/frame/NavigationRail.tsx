import { ActionIcon, Divider, Stack, Text, Tooltip } from "@mantine/core";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useMe, type Workplace } from "~/domain/person";
import classes from "./NavigationRail.module.css";
import { type Entry, NAVIGATION } from "./navigation";
import { navigationWord } from "./navigationWord";

interface Props {
  workplace: Workplace;
  slim: boolean;
  onSlim: () => void;
}

export function NavigationRail({ workplace, slim, onSlim }: Props) {
  const { t } = useTranslation("frame");
  const { permissions } = useMe();
  const groups = NAVIGATION[workplace]
    .map((group) => group.filter((entry) => !entry.needs || permissions.includes(entry.needs)))
    .filter((group) => group.length > 0);
  const label = slim ? t("widen_navigation") : t("narrow_navigation");
  return (
    <>
      <Stack gap={2} p="xs" flex={1} className={classes.list}>
        {groups.map((group, index) => (
          <Fragment key={group[0]?.name}>
            {index > 0 && <Divider my={6} color="var(--app-line)" />}
            {group.map((entry) => (
              <NavigationLink key={entry.name} entry={entry} slim={slim} />
            ))}
          </Fragment>
        ))}
      </Stack>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        m="xs"
        onClick={onSlim}
        visibleFrom="sm"
        aria-label={label}
        title={label}
      >
        {slim ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
      </ActionIcon>
    </>
  );
}

function NavigationLink({ entry, slim }: { entry: Entry; slim: boolean }) {
  const { t } = useTranslation("frame");
  const word = navigationWord(t, entry.name);
  return (
    <Tooltip label={word} position="right" disabled={!slim}>
      <Link
        to={entry.to}
        activeOptions={{ exact: entry.to === "/", includeSearch: false }}
        className={classes.link}
        data-slim={slim || undefined}
        aria-label={slim ? word : undefined}
      >
        <entry.icon size={18} stroke={1.75} aria-hidden />
        {!slim && (
          <Text span inherit truncate>
            {word}
          </Text>
        )}
      </Link>
    </Tooltip>
  );
}
