import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ToPartner } from "~/features/conversions/ToPartner";
import { NOTHING } from "~/ui/format";
import type { Posting } from "./model";

interface Props {
  posting: Posting;
  names: Readonly<Record<string, string>>;
}

/** Whose part of the account a posting touches, with the way to them. */
export function OwnerLink({ posting, names }: Props) {
  const { partner_id: partner, advertiser_id: advertiser } = posting;
  if (partner) return <ToPartner id={partner}>{names[partner] ?? partner}</ToPartner>;
  if (!advertiser) return NOTHING;
  return (
    <Anchor
      renderRoot={(props) => (
        <Link to="/advertisers/$advertiserId" params={{ advertiserId: advertiser }} {...props} />
      )}
    >
      {names[advertiser] ?? advertiser}
    </Anchor>
  );
}
