import { Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { chooseWorkspace } from "~/api/session";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import classes from "./WorkspaceSwitch.module.css";

/** The workspace one is in; a menu where one has several. */
export function WorkspaceSwitch() {
  const { t } = useTranslation("frame");
  const word = useWords();
  const me = useMe();
  if (me.memberships.length < 2) {
    return (
      <Text fw={600} truncate maw={180}>
        {me.workspace.name}
      </Text>
    );
  }
  const enter = (workspace: string) => {
    chooseWorkspace(workspace);
    // Every answer on every page belongs to the workspace: begin anew.
    window.location.assign("/");
  };
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t("switch_workspace")}>
          <Text span fw={600} truncate maw={180}>
            {me.workspace.name}
          </Text>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("workspaces")}</Menu.Label>
        {me.memberships.map((place) => (
          <Menu.Item
            key={place.id}
            onClick={() => enter(place.workspace_id)}
            rightSection={place.id === me.membership_id ? <IconCheck size={16} aria-hidden /> : undefined}
          >
            <Text truncate>{place.workspace_name}</Text>
            <Text fz="xs" c="dimmed">
              {word("role", place.role)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
