import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./table.module.css";
import type { RowAction } from "./types";

/**
 * What can be done with one row. The key `m` on the row opens it. Until then it is a bare button: a menu for each row
 * in sight would make scrolling slow.
 */
export function RowMenu({ actions }: { actions: RowAction[] }) {
  const { t } = useTranslation("ui");
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (actions.length === 0) return null;
  const close = () => {
    setOpened(false);
    button.current?.focus();
  };
  return (
    <span className={classes.menuPlace}>
      <button
        ref={button}
        type="button"
        className={classes.menuButton}
        aria-label={t("table.rowMenu")}
        aria-haspopup="menu"
        aria-expanded={opened}
        data-row-menu
        onClick={() => setOpened(true)}
      >
        <IconDots size={16} aria-hidden />
      </button>
      {opened ? (
        <Menu
          opened
          onClose={close}
          position="bottom-end"
          returnFocus={false}
          withInitialFocusPlaceholder={false}
        >
          <Menu.Target>
            <button type="button" tabIndex={-1} aria-hidden className={classes.menuAnchor} />
          </Menu.Target>
          <Menu.Dropdown aria-label={t("table.rowMenu")}>
            {actions.map((action) => (
              <Menu.Item
                key={action.id}
                leftSection={action.icon}
                c={action.danger ? "var(--mantine-color-error)" : undefined}
                disabled={action.disabled}
                onClick={action.onClick}
              >
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </span>
  );
}
