import { Anchor, type AnchorProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props extends AnchorProps {
  id: string;
  children: ReactNode;
}

/** A link to a partner's card. */
export function ToPartner({ id, children, ...rest }: Props) {
  return (
    <Anchor
      {...rest}
      renderRoot={(props) => <Link to="/partners/$partnerId" params={{ partnerId: id }} {...props} />}
    >
      {children}
    </Anchor>
  );
}
