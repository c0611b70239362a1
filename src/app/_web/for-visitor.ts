import 'server-only';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { requestContext } from './request-context.ts';
import { visitorHolder } from './visitor-holder.ts';

interface Asked {
  params: Promise<{ locale: string }>;
}

/** A page that is kept for everybody, made for one visitor of a closed event instead. */
export function pageForVisitor<Props extends Asked>(page: (props: Props) => Promise<ReactNode>) {
  return async (props: Props): Promise<ReactNode> => {
    await holdVisitor(props);
    return page(props);
  };
}

/** Its title and the like; what is closed enters no index. */
export function metadataForVisitor<Props extends Asked>(metadataOf: (props: Props) => Promise<Metadata>) {
  return async (props: Props): Promise<Metadata> => {
    await holdVisitor(props);
    return { ...(await metadataOf(props)), robots: { index: false } };
  };
}

async function holdVisitor({ params }: Asked): Promise<void> {
  const { locale } = await params;
  visitorHolder().visitor = await requestContext(locale);
}
