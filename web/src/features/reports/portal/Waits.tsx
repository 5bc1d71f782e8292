import { Anchor, Text } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "../dashboard/Waiting.module.css";

interface Props {
  to: LinkProps["to"];
  search?: Record<string, string | boolean>;
  icon: ReactNode;
  children: ReactNode;
}

/** One thing that waits, as a link to where it is dealt with. */
export function Waits({ to, search, icon, children }: Props) {
  return (
    <Anchor component={Link} to={to} search={search as never} className={classes.wait} underline="never">
      {icon}
      <Text span>{children}</Text>
    </Anchor>
  );
}
