import { Problem } from "~/api/problem";
import { Page } from "~/ui/Page";
import { ErrorState } from "~/ui/States";
import { MissingPage } from "./MissingPage";

interface Props {
  /** What the page would have shown. */
  title: string;
  error: unknown;
  onRetry: () => void;
}

/** A page whose one thing could not be read: it is not there for this person, or the server failed. */
export function FailedLoad({ title, error, onRetry }: Props) {
  if (Problem.of(error).status === 404) return <MissingPage />;
  return (
    <Page title={title}>
      <ErrorState error={error} onRetry={onRetry} />
    </Page>
  );
}
