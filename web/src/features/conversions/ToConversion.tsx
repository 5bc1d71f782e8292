import { Anchor, type AnchorProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface Props extends AnchorProps {
  id: string;
  children: ReactNode;
}

/** A link to a conversion's page. */
export function ToConversion({ id, children, ...rest }: Props) {
  return (
    <Anchor
      {...rest}
      renderRoot={(props) => (
        <Link to="/conversions/$conversionId" params={{ conversionId: id }} {...props} />
      )}
    >
      {children}
    </Anchor>
  );
}
