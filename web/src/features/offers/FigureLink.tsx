import { Anchor } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PageSearch } from "~/frame/search";

interface Props {
  to: LinkProps["to"];
  search: PageSearch;
  children: ReactNode;
}

/** A figure that leads to the rows behind it. */
export function FigureLink({ to, search, children }: Props) {
  return (
    <Anchor
      inherit
      className="figures"
      underline="hover"
      renderRoot={(props) => <Link to={to} search={search as never} {...props} />}
    >
      {children}
    </Anchor>
  );
}
