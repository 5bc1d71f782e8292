import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface SideDrawerProps {
  /** From the caller's URL: an open drawer has an address. */
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  size?: "md" | "lg" | "xl";
  /** Stays at the bottom while the content scrolls. */
  footer?: ReactNode;
  children?: ReactNode;
}

const WIDTHS = { md: 440, lg: 600, xl: 800 };

/** Details beside the list they belong to; the focus returns to where it was. */
export function SideDrawer({ opened, onClose, title, size = "md", footer, children }: SideDrawerProps) {
  const { t } = useTranslation("ui");
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={`min(100%, ${WIDTHS[size]}px)`}
      returnFocus
      transitionProps={{ duration: 140 }}
      styles={{ content: { display: "flex", flexDirection: "column" } }}
    >
      <Drawer.Overlay backgroundOpacity={0.3} />
      <Drawer.Content>
        <Drawer.Header role="presentation">
          <Drawer.Title fw={600} fz="lg">
            {title}
          </Drawer.Title>
          <Drawer.CloseButton size={36} aria-label={t("close")} />
        </Drawer.Header>
        <Drawer.Body flex={1}>{children}</Drawer.Body>
        {footer ? (
          <footer
            style={{
              position: "sticky",
              bottom: 0,
              padding: "12px 16px",
              borderTop: "1px solid var(--ui-line)",
              background: "var(--ui-surface)",
            }}
          >
            {footer}
          </footer>
        ) : null}
      </Drawer.Content>
    </Drawer.Root>
  );
}
