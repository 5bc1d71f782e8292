import { ActionIcon, Burger, Group, Kbd, Text, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { DateRange } from "~/ui/DateRange";
import { Mark } from "./Mark";
import { PersonMenu } from "./PersonMenu";
import classes from "./TopBar.module.css";
import { WorkspaceSwitch } from "./WorkspaceSwitch";

interface Props {
  menuOpen: boolean;
  /** A portal has its navigation below on a phone. */
  hasMenu: boolean;
  onMenu: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ menuOpen, hasMenu, onMenu, onSearch, onHelp }: Props) {
  const { t } = useTranslation("frame");
  const { range, timezone, change } = usePeriod();
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" miw={0}>
        {hasMenu && (
          <Burger opened={menuOpen} onClick={onMenu} hiddenFrom="sm" size="sm" aria-label={t("navigation")} />
        )}
        <Link to="/" className={classes.home} aria-label={t("to_home")}>
          <Mark size={26} />
        </Link>
        <WorkspaceSwitch />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <DateRange value={range} onChange={change} timezone={timezone} />
        <UnstyledButton className={classes.search} onClick={onSearch} visibleFrom="md">
          <IconSearch size={16} aria-hidden />
          <Text span fz="sm">
            {t("search")}
          </Text>
          <Kbd size="xs">Ctrl K</Kbd>
        </UnstyledButton>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          onClick={onSearch}
          hiddenFrom="md"
          aria-label={t("search")}
        >
          <IconSearch size={18} />
        </ActionIcon>
        <PersonMenu onHelp={onHelp} />
      </Group>
    </Group>
  );
}
