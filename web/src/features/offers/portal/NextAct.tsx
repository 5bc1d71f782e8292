import { Button } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import type { Offer } from "../model";
import { stanceOf } from "./stance";

interface Props {
  offer: Offer;
  onJoin: () => void;
  onTakeLink: () => void;
  variant?: "filled" | "default";
}

/** The one thing to do with the offer now, if there is one. */
export function NextAct({ offer, onJoin, onTakeLink, variant = "filled" }: Props) {
  const { t } = useTranslation("portal");
  const mayLink = useMay("links:write");
  const mayJoin = useMay("enrollments:write");
  const stance = stanceOf(offer);
  if (stance === "joined" && offer.state === "active" && mayLink)
    return (
      <Button variant={variant} leftSection={<IconLink size={16} aria-hidden />} onClick={onTakeLink}>
        {t("offers.take_link")}
      </Button>
    );
  const asks = { may_join: t("offers.join"), may_ask: t("offers.ask"), may_ask_again: t("offers.ask_again") };
  if (!mayJoin || !(stance in asks)) return null;
  return (
    <Button variant={variant} onClick={onJoin}>
      {asks[stance as keyof typeof asks]}
    </Button>
  );
}
