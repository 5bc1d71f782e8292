import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { linkQuery } from "../queries";
import { StaffLinkDetail } from "./StaffLinkDetail";

interface Props {
  linkId: string | undefined;
  onClose: () => void;
}

/** One link beside the list. */
export function StaffLinkDrawer({ linkId, onClose }: Props) {
  const { t } = useTranslation("links");
  const { data, error, refetch } = useQuery({ ...linkQuery(linkId ?? ""), enabled: linkId !== undefined });
  const link = data?.id === linkId ? data : undefined;
  return (
    <SideDrawer
      opened={linkId !== undefined}
      onClose={onClose}
      size="lg"
      title={link ? (link.name ?? link.slug) : t("detail.title")}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !link && <SkeletonLines lines={8} />}
      {link && <StaffLinkDetail link={link} />}
    </SideDrawer>
  );
}
